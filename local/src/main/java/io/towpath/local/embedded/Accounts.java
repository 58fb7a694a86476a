package io.towpath.local.embedded;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Login;
import io.towpath.local.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.errors.SaslAuthenticationException;

/** The users of one secured cluster, made when they are first asked for. */
final class Accounts {

    private static final int ITERATIONS = 4_096; // the least that brokers take: the passwords are random
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Keyring keyring;
    private final String bootstrapServers;

    Accounts(Keyring keyring, String bootstrapServers) {
        this.keyring = keyring;
        this.bootstrapServers = bootstrapServers;
    }

    synchronized Login login(String user) {
        Login login = keyring.login(bootstrapServers, user);
        if (!keyring.knows(user)) {
            make(user, login);
        }
        return login;
    }

    private void make(String user, Login login) {
        String password = Keyring.newPassword();
        try (Admin admin = Admin.create(
                keyring.login(bootstrapServers, KafkaCluster.SUPER_USER).properties())) {
            UserScramCredentialAlteration alteration = new UserScramCredentialUpsertion(
                    user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS), password);
            admin.alterUserScramCredentials(List.of(alteration)).all().get();
            keyring.keep(user, password); // a user without a file is made again
            for (String broker : bootstrapServers.split(",", -1)) {
                awaitKnown(broker, login);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the password of " + user, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot make the user " + user, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while making the user " + user, e);
        }
    }

    /** A broker hears of a new user a moment after the controller. */
    private static void awaitKnown(String broker, Login login) throws InterruptedException, ExecutionException {
        Map<String, Object> client = new TreeMap<>(login.properties());
        client.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try (Admin admin = Admin.create(client)) {
                admin.describeCluster().clusterId().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof SaslAuthenticationException) || System.nanoTime() - end > 0) {
                    throw e;
                }
            }
        }
    }
}
