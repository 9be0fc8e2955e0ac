-- The data of tasks was in Java's serialization. It is JSON now, and of every task the id that its instance is named after.
UPDATE scheduled_tasks SET task_data = convert_to(to_json(task_instance)::text, 'UTF8') WHERE task_data IS NOT NULL;
