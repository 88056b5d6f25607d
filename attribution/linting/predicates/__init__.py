"""Predicates shared by several rules, by what they are about.

Questions of clause grammar (negation, passive, supposition) are answered by ``attribution.grammar``.
"""
