package io.towpath.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.kafka.common.metrics.Monitorable;
import org.apache.kafka.connect.components.ConnectPlugin;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/** The one jar that works alone: nothing on the CLASSPATH but itself and what every worker has. */
class AloneIT {

    private static final Path JAR = Path.of("target/alone/towpath-transforms-alone.jar");

    @Test
    void everyTransformRunsWithNothingBesideTheJar() throws IOException, ReflectiveOperationException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {JAR.toUri().toURL()}, new WorkerClasses())) {
            ServiceLoader<?> found = ServiceLoader.load(Transformation.class, loader);
            assertThat(found.stream().map(provider -> provider.type().getName()))
                    .containsExactlyInAnyOrder(
                            "io.towpath.transforms.ToActivity",
                            "io.towpath.transforms.Pseudonymize",
                            "io.towpath.transforms.SaltKey",
                            "io.towpath.transforms.UnsaltKey",
                            "io.towpath.transforms.SchemaGate$Key",
                            "io.towpath.transforms.SchemaGate$Value");
            Class<?> type = loader.loadClass("io.towpath.transforms.ToActivity");
            assertThat(type.getClassLoader()).isSameAs(loader);
            assertThat(activityOf(type)).isNotNull();
        }
    }

    /** Connect 3.9 and 4.0 have no Monitorable: with the two interfaces of before-4.1 in its folder the jar runs there too. */
    @Test
    void anOlderWorkerTakesItWithTheInterfacesThatItLacks() throws IOException, ReflectiveOperationException {
        Path interfaces = Path.of("target/before-4.1/towpath-connect-before-4.1.jar");
        URL[] alone = {JAR.toUri().toURL()};
        URL[] both = {alone[0], interfaces.toUri().toURL()};
        try (URLClassLoader without = new URLClassLoader(alone, new OlderWorkerClasses());
                URLClassLoader with = new URLClassLoader(both, new OlderWorkerClasses())) {
            assertThatThrownBy(() -> without.loadClass("io.towpath.transforms.ToActivity"))
                    .isInstanceOf(NoClassDefFoundError.class);
            assertThat(activityOf(with.loadClass("io.towpath.transforms.ToActivity")))
                    .isNotNull();
        }
        try (URLClassLoader newer = new URLClassLoader(both, new WorkerClasses())) {
            assertThat(newer.loadClass("org.apache.kafka.common.metrics.Monitorable"))
                    .as("a worker that has the interface keeps its own")
                    .isSameAs(Monitorable.class);
        }
    }

    @SuppressWarnings("unchecked")
    private static Object activityOf(Class<?> type) throws ReflectiveOperationException {
        Transformation<SourceRecord> transform =
                (Transformation<SourceRecord>) type.getDeclaredConstructor().newInstance();
        assertThat(((ConnectPlugin) transform).version()).isEqualTo(Version.THIS);
        transform.configure(
                Map.of("rules", "r", "rules.r.table", "public.t", "rules.r.type", "t", "rules.r.data", "id,at.city"));
        return transform.apply(Records.withSchema("""
                        value:
                          op: c
                          after: { id: 1, at: { city: Ghent } }
                          source: { name: a, db: d, schema: public, table: t, lsn: 9, ts_ms: 1 }
                        """));
    }

    @Test
    void itHidesItsJacksonAndBringsNoClassOfKafka() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")))
                    .allMatch(name -> name.startsWith("io/towpath/"));
        }
    }

    /** The classes of a worker, and none of ours nor their libraries. */
    private static class WorkerClasses extends ClassLoader {

        WorkerClasses() {
            super(AloneIT.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.towpath.") || name.startsWith("com.fasterxml.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public URL getResource(String name) {
            return name.startsWith("io/towpath/") ? null : super.getResource(name);
        }

        @Override
        public java.util.Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("META-INF/services/org.apache.kafka.connect")
                    ? java.util.Collections.emptyEnumeration()
                    : super.getResources(name);
        }
    }

    /** Those of a worker before 4.1. */
    private static final class OlderWorkerClasses extends WorkerClasses {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals("org.apache.kafka.common.metrics.Monitorable")
                    || name.equals("org.apache.kafka.common.metrics.PluginMetrics")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }
    }
}
