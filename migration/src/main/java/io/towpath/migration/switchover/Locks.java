package io.towpath.migration.switchover;

import io.towpath.migration.journal.Lock;
import io.towpath.migration.journal.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Locks as they stand among the facts of a journal entry. */
public final class Locks {

    private Locks() {}

    public static List<Map<String, Object>> written(List<Lock> locks) {
        return locks.stream().map(Locks::written).toList();
    }

    private static Map<String, Object> written(Lock lock) {
        Map<String, Object> map = new HashMap<>();
        map.put("kind", lock.kind());
        map.put("side", lock.side().name());
        map.put("subject", lock.subject());
        map.put("topic", lock.topic());
        map.put("former", lock.former());
        return map;
    }

    public static List<Lock> read(Object json) {
        List<Lock> locks = new ArrayList<>();
        if (json instanceof List<?> list) {
            for (Object one : list) {
                Map<?, ?> map = (Map<?, ?>) one;
                locks.add(new Lock(
                        (String) map.get("kind"),
                        Side.valueOf((String) map.get("side")),
                        (String) map.get("subject"),
                        (String) map.get("topic"),
                        map.get("former") == null ? null : ((Number) map.get("former")).doubleValue()));
            }
        }
        return locks;
    }

    /** Whether it is about the same writer at the same door. */
    public static Predicate<Lock> same(Lock lock) {
        return other -> other.side() == lock.side()
                && other.kind().equals(lock.kind())
                && other.subject().equals(lock.subject())
                && Objects.equals(other.topic(), lock.topic());
    }
}
