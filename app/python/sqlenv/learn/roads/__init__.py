"""Three roads to an agent that plays SQLEnv, alike from outside, for notebooks/train_grpo.ipynb.

    numpy   a small policy, by NumPy alone (sqlenv.learn)
    lm      SmolLM2-135M on a processor (sqlenv.lm)
    trl     a larger language model on a GPU, by TRL's trainer (sqlenv.trl_training)

A road trains, and then gives players: the agent before and after training, and others for scale.
All of them play the same held-out questions, and leave results and trajectories of one form in files, from
which figures and texts are made.

    road = choose_road(RoadOptions(out=Path("build/notebook")))
    road.train()
    results = play_held_out(road)
    for name, figure in figures(road, results).items():
        figure.savefig(f"{name}.png")
    print(before_and_after(results))
"""

from .choice import ROADS, choose_road, install_needs
from .figures import before_and_after, figures
from .results import Results, play_held_out
from .road import Road, RoadOptions

__all__ = [
    "ROADS",
    "Results",
    "Road",
    "RoadOptions",
    "before_and_after",
    "choose_road",
    "figures",
    "install_needs",
    "play_held_out",
]
