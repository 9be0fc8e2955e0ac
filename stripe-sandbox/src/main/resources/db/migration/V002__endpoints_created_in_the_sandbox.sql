-- Events are delivered to the webhook endpoints that are created in the sandbox too, not only to those of the environment.
ALTER TABLE webhook_delivery DROP CONSTRAINT webhook_delivery_endpoint_check;
COMMENT ON COLUMN webhook_delivery.endpoint IS 'the id of a webhook endpoint, or platform or connect for those of the environment';
