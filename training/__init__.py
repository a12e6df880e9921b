"""The recipe that makes Souvenir's starter model; never imported at run time.

`python -m training` rebuilds the model from the material in `../shared`.
"""

import os

# Set before torch starts its threads: where other work shares the processor, threads that spin
# while they wait for each other made a training step seven times slower.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
