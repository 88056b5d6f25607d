"""Reads and writes annotated documents in the formats of other tools.

Every format is read into, and written from, an ``Analysis``: ``analyses`` builds it from this project's JSON, Citron's
annotation and brat standoff, ``conllu`` from CoNLL-U. The package depends on reporting, whose JSON contract it reads.
"""
