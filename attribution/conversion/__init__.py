"""Reads and writes annotated documents in the formats of other tools.

Every format is read to, and written from, one ``Analysis``: ``analyses`` makes one of this project's JSON, Citron's
annotation and brat standoff, ``conllu`` of CoNLL-U. The room stands after reporting, whose JSON contract it reads.
"""
