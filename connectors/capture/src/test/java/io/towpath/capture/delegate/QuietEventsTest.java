package io.towpath.capture.delegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

/** The class that stands in for Debezium's description of an event. */
class QuietEventsTest {

    private static final String NAME = "io.debezium.pipeline.source.spi.EventFormatter";
    private static final String NEIGHBOUR = "io.debezium.pipeline.source.spi.EventMetadataProvider";

    @Test
    void itHasEveryMethodThatDebeziumsOwnHas() throws Exception {
        URL debezium = place(Class.forName(NEIGHBOUR));
        assertThat(place(Class.forName(NAME))).isNotEqualTo(debezium);
        try (URLClassLoader stock =
                new URLClassLoader(new URL[] {debezium, place(Struct.class)}, ClassLoader.getPlatformClassLoader())) {
            assertThat(methods(Class.forName(NAME))).containsAll(methods(stock.loadClass(NAME)));
        }
    }

    @Test
    void itDoesNotRepeatTheKeyOfARow() throws ReflectiveOperationException {
        Class<?> type = Class.forName(NAME);
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object formatter = constructor.newInstance();
        Method key = type.getDeclaredMethod("key", Object.class);
        key.setAccessible(true);
        assertThat(key.invoke(formatter, "zqx-ada").toString()).doesNotContain("zqx");
    }

    private static URL place(Class<?> type) throws IOException {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                .map(method -> method.getReturnType().getName() + " " + method.getName()
                        + Arrays.stream(method.getParameterTypes())
                                .map(Class::getName)
                                .toList())
                .collect(Collectors.toSet());
    }
}
