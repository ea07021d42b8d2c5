"""Where the archive lives. Each store satisfies `service.ports.Store` and passes one suite."""
