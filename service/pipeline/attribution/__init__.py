"""The parts of an attribution, one file each: who speaks, who that is, through whom, how surely."""
