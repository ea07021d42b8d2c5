"""Who speaks: what a phrase says of them, who that is, through whom, and whether two are one."""
