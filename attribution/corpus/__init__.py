"""Corpora: thousands to millions of articles, from tables or folders of drafts to tables of what was found.

``inputs`` finds the sources and ``readers`` give their rows; ``parts`` divides these; ``worker`` makes the tables of a
part (``rows``, by the columns of ``schema``) and ``store`` keeps them; ``run`` does what is missing, by an engine.
"""
