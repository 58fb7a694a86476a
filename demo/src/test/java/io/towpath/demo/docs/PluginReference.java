package io.towpath.demo.docs;

import io.towpath.activity.rule.RuleKeys;
import io.towpath.capture.ActivityCaptureConnector;
import io.towpath.capture.config.CaptureConfig;
import io.towpath.transforms.ToActivity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Connector;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * One plugin of ours and what it may be told, as its service manifest and its own definition give it.
 *
 * @param type the class; of the twins Key and Value, the class around them
 */
record PluginReference(Class<?> type, String kind, ConfigDef keys) {

    /** Stands for each name that the operator chooses. */
    static final String NAME = "NAME";

    @SuppressWarnings("rawtypes") // a service is looked up by its bare class
    static List<PluginReference> all() {
        List<PluginReference> all = new ArrayList<>();
        all.addAll(ours(SourceConnector.class, "source connector", Connector::config));
        all.addAll(ours(SinkConnector.class, "sink connector", Connector::config));
        all.addAll(ours(Transformation.class, "transform", Transformation::config));
        all.addAll(ours(Predicate.class, "predicate", Predicate::config));
        return all;
    }

    String name() {
        return type.getSimpleName();
    }

    String page() {
        return name().replace("Connector", "")
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
                        .toLowerCase(Locale.ROOT)
                + ".md";
    }

    String text() {
        return ConfigPage.of(this);
    }

    /** The plugin's own words on what it does, or nothing. */
    String overview() {
        try {
            return (String) type.getField("OVERVIEW").get(null);
        } catch (NoSuchFieldException none) {
            return "";
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("OVERVIEW of " + type + " is not public", e);
        }
    }

    private static <P> List<PluginReference> ours(Class<P> service, String kind, Function<P, ConfigDef> keys) {
        return ServiceLoader.load(service).stream()
                .filter(plugin -> plugin.type().getName().startsWith("io.towpath."))
                .map(plugin -> new PluginReference(outermost(plugin.type()), kind, definition(plugin.get(), keys)))
                .collect(Collectors.toMap(
                        PluginReference::name, plugin -> plugin, (key, value) -> key, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** With the keys below the names that an operator chooses, where there are such. */
    private static <P> ConfigDef definition(P plugin, Function<P, ConfigDef> keys) {
        if (plugin instanceof ActivityCaptureConnector) {
            return CaptureConfig.reference(NAME);
        }
        ConfigDef own = new ConfigDef(keys.apply(plugin));
        return plugin instanceof ToActivity ? RuleKeys.define(own, "Rules", List.of(NAME)) : own;
    }

    private static Class<?> outermost(Class<?> type) {
        return type.getEnclosingClass() == null ? type : type.getEnclosingClass();
    }
}
