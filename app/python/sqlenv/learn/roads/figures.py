"""The figures of a road, drawn alike for all, and one episode before and after training."""

from __future__ import annotations

from typing import Any

from .episodes import Episode, mean_terms
from .results import Results
from .road import AFTER, BEFORE, Road


def figures(road: Road, results: Results) -> dict[str, Any]:
    """Learning curves, success by difficulty, reward terms and episode length, by file name. Needs
    matplotlib."""
    from ...lm.held_out_plots import by_difficulty
    from .. import plots

    drawn = {
        f"learning_curve_{name}": plots.training_curves(log) for name, log in road.curves().items()
    }
    for name in results.sets:
        numbers = {player: results.numbers(player, name) for player in results.players}
        drawn[f"difficulty_{name}"] = by_difficulty(numbers, name)
    played = {agent: _all_episodes(results, agent) for agent in road.agents()}
    played = {agent: episodes for agent, episodes in played.items() if episodes}
    if played:
        terms = {agent: mean_terms(episodes) for agent, episodes in played.items()}
        drawn["reward_terms"] = plots.reward_terms(terms)
        steps = {agent: [len(one.steps) for one in episodes] for agent, episodes in played.items()}
        drawn["episode_length"] = plots.episode_lengths(steps)
    return drawn


def before_and_after(results: Results) -> str:
    """One held-out question played before and after training, action by action: the first that
    training made solvable, else the first of all."""
    chosen: tuple[Episode, Episode] | None = None
    for name in results.sets:
        before = {one.question_id: one for one in results.episodes(BEFORE, name)}
        for after in results.episodes(AFTER, name):
            pair = before.get(after.question_id), after
            if pair[0] is None:
                continue
            chosen = chosen or (pair[0], after)
            if after.correct and not pair[0].correct:
                return _side_by_side(pair[0], after)
    return _side_by_side(*chosen) if chosen else "No episode was finished by both."


def _side_by_side(before: Episode, after: Episode) -> str:
    return f"BEFORE TRAINING\n{before}\n\nAFTER TRAINING\n{after}"


def _all_episodes(results: Results, agent: str) -> list[Episode]:
    return [episode for name in results.sets for episode in results.episodes(agent, name)]
