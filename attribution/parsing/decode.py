"""From the networks of a Stanza graph parser to trees: the same results as Stanza's, faster.

Stanza searches for the best tree of each sentence with the Chu-Liu-Edmonds algorithm in Python, and scores all
relations of all pairs of words. Here ``arborescence`` finds the tree, and relations are scored for its arcs only; only
where a head would have two subjects or two objects are all scored, so that ``constraints`` can repair the tree (if the
pipeline asks for it).
"""

from __future__ import annotations

from typing import Any

from attribution.parsing.arborescence import best_tree
from attribution.parsing.constraints import repaired, violation


def can_decode(model: Any) -> bool:
    """Whether the model is of the supported kind: Stanza's graph parser with two biaffine scorers."""
    from stanza.models.depparse.model import GraphParser

    return (
        type(model) is GraphParser
        and not model.args.get("use_arc_embedding")
        and not model.args.get("reversed")
        and hasattr(model, "unlabeled")
    )


def parse_document(processor: Any, document: Any, batch_size: int) -> list[list[tuple[int, str]]]:
    """Give head (1-based, 0 for the root) and relation of each word of each sentence of a tagged Stanza document."""
    import torch
    from stanza.models.common.utils import unsort
    from stanza.models.depparse.data import DataLoader

    loader = DataLoader(
        document,
        batch_size,
        processor.config,
        processor.pretrain,
        vocab=processor.vocab,
        evaluation=True,
        sort_during_eval=True,
        min_length_to_batch_separately=None,
    )
    parsed: list[list[tuple[int, str]]] = []
    model = processor.trainer.model
    model.eval()
    repair = processor.config.get("resolve_head_constraints", True)
    with torch.no_grad():
        for batch in loader:
            parsed += parse_batch(model, batch, repair)
    return list(unsort(parsed, loader.data_orig_idx))


def parse_batch(model: Any, batch: Any, repair: bool) -> list[list[tuple[int, str]]]:
    """Give the arcs of a batch from Stanza's parser data loader, in the order of the loader's input.

    With ``repair``, no head has two subjects or two objects (Stanza's ``resolve_head_constraints``).
    """
    import torch
    import torch.nn.functional as functional
    from stanza.models.common.utils import unsort
    from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
    from stanza.models.depparse.trainer import unpack_batch

    inputs, order, word_order, lengths, word_lengths, text = unpack_batch(batch, model.get_device())
    states = model.embed(*inputs, word_order, lengths, word_lengths, text)
    arc_scores = functional.log_softmax(_arc_scores(model, states), 2)
    trees = [best_tree(arc_scores[number, :length, :length].numpy()) for number, length in enumerate(lengths)]
    heads = torch.zeros(states.shape[:2], dtype=torch.long)
    for number, tree in enumerate(trees):
        heads[number, : len(tree)] = torch.tensor(tree)
    labels = _relation_scores(model, states, heads).argmax(2)
    vocabulary = model.vocab["deprel"]
    names = vocabulary.unmap(list(range(VOCAB_PREFIX_SIZE, len(vocabulary))))
    parsed: list[list[tuple[int, str]]] = []
    for number, (tree, length) in enumerate(zip(trees, lengths, strict=True)):
        best = labels[number, :length].tolist()
        relations = [names[label] for label in best]
        if repair and violation(tree, relations) is not None:
            state = states[number : number + 1, :length]
            scores = functional.log_softmax(model.deprel(state, state), 3)[0].numpy()
            arcs = arc_scores[number, :length, :length].numpy()
            tree, relations = repaired(arcs, scores.__getitem__, names, tree, best)
        parsed.append(list(zip(tree[1:], relations[1:], strict=True)))
    return list(unsort(parsed, order))


def _arc_scores(model: Any, states: Any) -> Any:
    """Scores of all heads of all words, as ``GraphParser.forward_scores`` computes them."""
    import torch
    import torch.nn.functional as functional

    scores = model.unlabeled(states, states).squeeze(3)
    length = states.size(1)
    places = torch.arange(length)
    offset = places.view(1, 1, -1) - places.view(1, -1, 1)
    if model.args["linearization"]:
        order = model.linearization(states, states).squeeze(3)
        scores = scores + functional.logsigmoid(order * torch.sign(offset).float())
    if model.args["distance"]:
        distance = 1 + functional.softplus(model.distance(states, states).squeeze(3))
        scores = scores - torch.log((torch.abs(offset).float() - distance) ** 2 / 2 + 1)
    return scores.masked_fill(torch.eye(length, dtype=torch.bool).unsqueeze(0), -float("inf"))


def _relation_scores(model: Any, states: Any, heads: Any) -> Any:
    """Scores of all relations of each word to its chosen head."""
    import torch

    scorer = model.deprel
    dependents = scorer.hidden_func(scorer.W1(states))
    governors = scorer.hidden_func(scorer.W2(states))
    governors = torch.gather(governors, 1, heads.unsqueeze(2).expand(-1, -1, governors.size(2)))
    ones = states.new_ones(*states.shape[:2], 1)
    dependents = torch.cat([dependents, ones], 2)
    governors = torch.cat([governors, ones], 2)
    bilinear = scorer.scorer.W_bilin
    return (
        torch.einsum("nljo,nlj->nlo", torch.einsum("nli,ijo->nljo", dependents, bilinear.weight), governors)
        + bilinear.bias
    )
