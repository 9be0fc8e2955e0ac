#!/bin/sh
# Creates the topics of topics.txt that are missing, and sets the configuration of those that are there.
#
#   KAFKA_BOOTSTRAP_SERVERS   host:port
#   KAFKA_REPLICATION_FACTOR  default 3
#   KAFKA_BIN                 default /opt/kafka/bin
set -eu

: "${KAFKA_BOOTSTRAP_SERVERS:?is missing: host:port of the brokers}"
bin="${KAFKA_BIN:-/opt/kafka/bin}"
replication="${KAFKA_REPLICATION_FACTOR:-3}"

grep -v '^#' "$(dirname "$0")/topics.txt" | while read -r name partitions configuration; do
  options=""
  for entry in $(echo "$configuration" | tr ',' ' '); do
    options="$options --config $entry"
  done
  # shellcheck disable=SC2086 -- one word for each option is meant
  "$bin/kafka-topics.sh" --bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" --create --if-not-exists \
    --topic "$name" --partitions "$partitions" --replication-factor "$replication" $options < /dev/null
  "$bin/kafka-configs.sh" --bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" --alter \
    --entity-type topics --entity-name "$name" --add-config "$configuration" < /dev/null
done
