-- A repeated request is answered as the first was, with its ETag.
ALTER TABLE api_idempotency ADD COLUMN etag text;
