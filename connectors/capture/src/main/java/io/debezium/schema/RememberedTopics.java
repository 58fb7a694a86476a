package io.debezium.schema;

import io.debezium.spi.schema.DataCollectionId;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Debezium's own topic names ({@code topic.naming.strategy}), remembered in a plain map: Debezium's keeps an order of use,
 * behind a lock, and asks for the name with every event. Only tables that rules name are captured, so the map stays small.
 */
public final class RememberedTopics extends SchemaTopicNamingStrategy {

    private final Map<DataCollectionId, String> names = new ConcurrentHashMap<>();

    public RememberedTopics(Properties properties) {
        super(properties);
    }

    @Override
    public String dataChangeTopic(DataCollectionId table) {
        String known = names.get(table);
        if (known != null) {
            return known;
        }
        String name = super.dataChangeTopic(table);
        names.put(table, name);
        return name;
    }
}
