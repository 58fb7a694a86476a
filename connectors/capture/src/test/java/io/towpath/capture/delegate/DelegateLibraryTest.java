package io.towpath.capture.delegate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The test's own loader stands for a worker on which another archive brings the same class along. */
class DelegateLibraryTest {

    private static final String RESOURCE = "marker.txt";

    @TempDir
    private Path folder;

    private DelegateLibrary library;

    /** In the library's jar and at the parent's. */
    public static class InBoth {
        public Class<?> friend() {
            return Friend.class;
        }
    }

    /** Found by name from {@link InBoth}. */
    public static class Friend {}

    /** At the parent's only. */
    public static class OfTheParent {}

    @BeforeEach
    void fill() throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve("some.delegate"));
                JarOutputStream jar = new JarOutputStream(file)) {
            add(jar, InBoth.class);
            add(jar, Friend.class);
            add(jar, ConnectException.class);
            jar.putNextEntry(new JarEntry(RESOURCE));
            jar.write("ours".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        library = DelegateLibrary.of(folder, DelegateLibraryTest.class.getClassLoader());
    }

    @Test
    void aClassOfTheLibraryIsNeverTakenFromTheParent() throws ReflectiveOperationException {
        Object instance = library.instance(InBoth.class.getName(), Object.class);

        assertThat(instance).isNotInstanceOf(InBoth.class);
        assertThat(instance.getClass().getClassLoader()).isSameAs(library.loader());
        assertThat(((Class<?>) instance.getClass().getMethod("friend").invoke(instance)).getClassLoader())
                .isSameAs(library.loader());
    }

    @Test
    void whatTheLibraryLacksComesFromTheParent() {
        assertThat(library.instance(OfTheParent.class.getName(), Object.class)).isInstanceOf(OfTheParent.class);
    }

    @Test
    void connectsOwnClassesAreTheWorkersEvenIfTheLibraryHasThem() throws ClassNotFoundException {
        assertThat(library.loader().loadClass(ConnectException.class.getName())).isSameAs(ConnectException.class);
    }

    @Test
    void resourcesOfTheLibraryComeFirst() throws IOException {
        assertThat(library.loader().getResource(RESOURCE).toString()).contains("some.delegate");
        String shared = InBoth.class.getName().replace('.', '/') + ".class";
        assertThat(Collections.list(library.loader().getResources(shared)))
                .hasSize(2)
                .first()
                .satisfies(url -> assertThat(url.toString()).contains("some.delegate"));
    }

    @Test
    void aClassThatNobodyHasIsSaidToBeMissing() {
        assertThat(library.has(InBoth.class.getName())).isTrue();
        assertThat(library.has(OfTheParent.class.getName())).isTrue();
        assertThat(library.has("no.such.Connector")).isFalse();
        assertThatThrownBy(() -> library.instance("no.such.Connector", Object.class))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("no.such.Connector");
    }

    private static void add(JarOutputStream jar, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(name));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
            bytes.transferTo(jar);
        }
        jar.closeEntry();
    }
}
