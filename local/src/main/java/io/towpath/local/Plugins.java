package io.towpath.local;

import io.towpath.local.process.Home;
import java.nio.file.Files;
import java.nio.file.Path;

/** The packaged plugins of this project, as folders for {@link WorkerSettings#pluginPath}. */
public final class Plugins {

    private Plugins() {}

    public static Path capture() {
        return folderOf("connectors/capture");
    }

    public static Path jdbc() {
        return folderOf("connectors/jdbc");
    }

    public static Path transforms() {
        return folderOf("transforms");
    }

    /** Apicurio's Avro converter, from module {@code local/registry-2.6}. */
    public static Path avro() {
        return folderOf("local/registry-2.6");
    }

    private static Path folderOf(String module) {
        Path folder = Home.path().resolve(module).resolve("target/plugin-path");
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    folder + " is missing: build it with mvn -B package -Dquick -pl " + module + " -am");
        }
        return folder;
    }
}
