package io.towpath.local.embedded;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Login;
import io.towpath.local.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The secrets of one secured cluster: {@code broker.p12} (key and certificate of all its brokers), {@code ca.pem} (what
 * clients trust) and {@code <user>.properties} for each user.
 *
 * <p>Always: nobody but the owner may read the folder or a secret, and no secret is on a command line or in another file.
 */
record Keyring(String cluster, Path folder) {

    private static final String KEY = "password";
    private static final String KEY_STORE = "keystore";
    private static final long PATIENCE_SECONDS = 60;

    /** The keyring in this folder, made at the first call. */
    static Keyring in(Path folder, String cluster) {
        Keyring keyring = new Keyring(cluster, folder.toAbsolutePath());
        if (!Files.exists(keyring.trusted())) {
            try {
                Files.createDirectories(
                        keyring.folder,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                keyring.keep(KEY_STORE, newPassword());
                keyring.keep(KafkaCluster.SUPER_USER, newPassword());
                keyring.makeCertificate();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot make the secrets of " + cluster, e);
            }
        }
        return keyring;
    }

    private Path trusted() {
        return folder.resolve("ca.pem");
    }

    /** Where the password of a user stands, under the key {@code password}. */
    Path file(String user) {
        return folder.resolve(user + ".properties");
    }

    boolean knows(String user) {
        return Files.exists(file(user));
    }

    /** 144 random bits. */
    static String newPassword() {
        byte[] bits = new byte[18];
        new SecureRandom().nextBytes(bits);
        return Base64.getUrlEncoder().encodeToString(bits);
    }

    /** Writes the file of this user, for the owner alone. */
    void keep(String user, String password) throws IOException {
        Files.deleteIfExists(file(user));
        Files.createFile(
                file(user), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file(user), KEY + "=" + password + "\n");
    }

    /** One certificate, signed by itself, for all brokers of this machine: by the JDK's own keytool. */
    private void makeCertificate() throws IOException {
        Path store = folder.resolve("broker.p12");
        Path password = folder.resolve("keystore.password"); // keytool reads a bare line
        try {
            Files.writeString(
                    password, Files.readString(file(KEY_STORE)).strip().substring(KEY.length() + 1));
            keytool(
                    store,
                    password,
                    "-genkeypair",
                    "-storetype",
                    "PKCS12",
                    "-dname",
                    "CN=" + KafkaCluster.SUPER_USER,
                    "-keyalg",
                    "EC",
                    "-groupname",
                    "secp256r1",
                    "-validity",
                    "3650",
                    "-ext",
                    "SAN=ip:127.0.0.1,dns:localhost");
            Path part = folder.resolve("ca.part");
            keytool(store, password, "-exportcert", "-rfc", "-file", part.toString());
            Files.move(part, trusted());
        } finally {
            Files.deleteIfExists(password);
        }
    }

    private void keytool(Path store, Path password, String verb, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), verb, "-alias", "broker"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass:file", password.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new StartFailure("keytool " + verb + " for " + cluster + " failed: " + said.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while making the certificate of " + cluster, e);
        }
    }

    /** What a client of this user is told. */
    Login login(String bootstrapServers, String user) {
        return new Login(Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                jaas(user),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trusted().toString()));
    }

    /** What a broker is told of who it is and whom it lets in; the listeners are somebody else's business. */
    Map<String, String> broker() {
        String superUser = KafkaCluster.SUPER_USER;
        Map<String, String> config = new TreeMap<>();
        config.put("config.providers", "file");
        config.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        config.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // By SCRAM among brokers, by certificate among controllers, who have no users yet when they first meet.
        config.put("super.users", "User:" + superUser + ";User:CN=" + superUser);
        config.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
        config.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
        config.put("listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config", jaas(superUser));
        config.put("listener.name.controller.ssl.client.auth", "required");
        config.put("ssl.keystore.type", "PKCS12");
        config.put("ssl.keystore.location", folder.resolve("broker.p12").toString());
        config.put("ssl.keystore.password", reference(KEY_STORE));
        config.put("ssl.key.password", reference(KEY_STORE));
        config.put("ssl.truststore.type", "PEM");
        config.put("ssl.truststore.location", trusted().toString());
        return config;
    }

    private String jaas(String user) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + reference(user) + "\";";
    }

    private String reference(String user) {
        return "${file:" + file(user) + ":" + KEY + "}";
    }
}
