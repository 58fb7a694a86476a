package io.towpath.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class DriverLogTest {

    @Test
    void theDriverRepeatsNothingThatTheServerSays() throws Exception {
        URL driver = Class.forName("org.mariadb.jdbc.Driver")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (URLClassLoader open = new URLClassLoader(new URL[] {driver}, ClassLoader.getPlatformClassLoader());
                URLClassLoader closed = new URLClassLoader(new URL[] {driver}, ClassLoader.getPlatformClassLoader())) {
            DriverLog.close(closed);
            assertThat(warns(closed)).isFalse();
            assertThat(warns(open)).as("a driver of somebody else").isTrue();
        }
    }

    private static boolean warns(ClassLoader loader) throws ReflectiveOperationException {
        Object logger = loader.loadClass("org.mariadb.jdbc.util.log.Loggers")
                .getMethod("getLogger", String.class)
                .invoke(null, "any");
        return (boolean) loader.loadClass("org.mariadb.jdbc.util.log.Logger")
                .getMethod("isWarnEnabled")
                .invoke(logger);
    }
}
