-- A subscription is found by its item.
UPDATE stripe_object SET inner_facts = jsonb_set(inner_facts, '{item}', body #> '{items,data,0,id}')
WHERE kind = 'subscription' AND body #> '{items,data,0,id}' IS NOT NULL;
CREATE INDEX stripe_object_by_item ON stripe_object (kind, (inner_facts ->> 'item')) WHERE inner_facts ->> 'item' IS NOT NULL;
