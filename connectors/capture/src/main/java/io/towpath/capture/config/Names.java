package io.towpath.capture.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists of names in a config that was not checked yet. */
final class Names {

    private Names() {}

    /** The names that {@code key} lists, each once, right or wrong. */
    static List<String> in(Map<String, String> props, String key) {
        List<String> names = new ArrayList<>();
        for (String name : props.getOrDefault(key, "").split(",", -1)) {
            if (!name.isBlank() && !names.contains(name.strip())) {
                names.add(name.strip());
            }
        }
        return names;
    }
}
