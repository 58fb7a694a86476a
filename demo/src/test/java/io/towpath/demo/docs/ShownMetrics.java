package io.towpath.demo.docs;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.PluginMetrics;

/** What a plugin registers with its worker (KIP-877): name and meaning, by name. */
final class ShownMetrics {

    private final Map<String, String> seen = new TreeMap<>();

    PluginMetrics metrics() {
        return proxy(PluginMetrics.class, (name, arguments) -> {
            if (!name.equals("metricName")) {
                return null;
            }
            seen.put((String) arguments[0], (String) arguments[1]);
            return new MetricName((String) arguments[0], "plugins", (String) arguments[1], Map.of());
        });
    }

    /** A task's context that offers these metrics and nothing else. */
    <C> C context(Class<C> type) {
        return proxy(type, (name, arguments) -> {
            if (!name.equals("pluginMetrics")) {
                throw new UnsupportedOperationException(name);
            }
            return metrics();
        });
    }

    Map<String, String> seen() {
        return new LinkedHashMap<>(seen);
    }

    private interface Answer {
        Object to(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }
}
