"""What lives in Redis 8, without modules."""
