"""What may go wrong on a machine: a few of each fault; `make faults` does many."""

import signal

import pytest

import faults

pytestmark = pytest.mark.slow
FEW = {
    "kill -9": lambda: faults.killed(3, every=3),
    "disk full": lambda: faults.full(2),
    "not writable": lambda: faults.forbidden(1),
    "corpus changed": lambda: faults.changing(1),
    "clock set back": lambda: faults.clock(1),
    "SIGTERM": lambda: faults.signalled(1, signal.SIGTERM),
    "kernel silent": lambda: faults.kernel_silent(1),
    "100 MB printed": lambda: faults.talkative(1),
    "children": lambda: faults.parental(1),
    "crowd": lambda: faults.crowd(3),
}


@pytest.mark.parametrize("fault", FEW)
def test_a_fault_is_survived(fault):
    row = FEW[fault]()
    assert row.survived == row.done, row
