package io.towpath.cli.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;

/** What the engine takes for its stored offset: where reading is to begin. Keeps nothing. Made by the engine, by its name. */
public final class StartOffset extends MemoryOffsetBackingStore {

    private static final String KEY = "towpath.start.offset";

    private byte[] start = {};

    /** Has the engine of {@code config} begin at {@code offset}. */
    static void set(Map<String, String> config, Map<String, ?> offset) {
        config.put("offset.storage", StartOffset.class.getName());
        try {
            config.put(KEY, new ObjectMapper().writeValueAsString(offset));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an offset holds texts and numbers alone", e);
        }
    }

    @Override
    public void configure(WorkerConfig config) {
        super.configure(config);
        start = config.originalsStrings().get(KEY).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Future<Map<ByteBuffer, ByteBuffer>> get(Collection<ByteBuffer> keys) {
        Map<ByteBuffer, ByteBuffer> offsets = new HashMap<>();
        keys.forEach(key -> offsets.put(key, ByteBuffer.wrap(start)));
        return CompletableFuture.completedFuture(offsets);
    }

    @Override
    public Set<Map<String, Object>> connectorPartitions(String connectorName) {
        return Set.of();
    }
}
