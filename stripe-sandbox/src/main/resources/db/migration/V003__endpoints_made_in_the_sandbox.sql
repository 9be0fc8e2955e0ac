-- Events are posted to endpoints that are made in the sandbox as well as to those of the environment.
ALTER TABLE webhook_delivery DROP CONSTRAINT webhook_delivery_endpoint_check;
COMMENT ON COLUMN webhook_delivery.endpoint IS 'the id of a webhook endpoint, or platform or connect for those of the environment';
