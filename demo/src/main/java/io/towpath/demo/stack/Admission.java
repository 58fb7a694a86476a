package io.towpath.demo.stack;

import io.towpath.local.KafkaCluster;
import io.towpath.local.Topics;
import io.towpath.migration.Interrupted;
import io.towpath.migration.Patience;
import io.towpath.migration.access.Right;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/** What a cluster's administrator does: makes topics and, where it is secured, lets users do what their roles need. */
public final class Admission implements AutoCloseable {

    private static final Patience APPLIED = new Patience(Duration.ofSeconds(30), Duration.ofMillis(50));

    private final KafkaCluster cluster;
    private final Admin admin;

    public Admission(KafkaCluster cluster) {
        this.cluster = cluster;
        this.admin = Admin.create(cluster.login(KafkaCluster.SUPER_USER).properties());
    }

    /** Makes topics that the roles may not make themselves; they may be used when it returns. */
    public void make(Collection<NewTopic> topics) {
        try {
            Topics.create(cluster.login(KafkaCluster.SUPER_USER).properties(), topics);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot make topics on " + cluster.name(), e);
        } catch (InterruptedException e) {
            throw new Interrupted("making topics on " + cluster.name(), e);
        }
    }

    /** Names of all topics but Kafka's own. */
    public Collection<String> topics() {
        return done("list topics", admin.listTopics().names());
    }

    /** Lets a user do these, on this cluster whatever side the rights name; they count when it returns. */
    public void allow(String user, Collection<Right> rights) {
        List<AclBinding> bindings = bindings(user, rights);
        done("allow " + user, admin.createAcls(bindings).all());
        await("allow " + user, () -> allowed().containsAll(bindings));
    }

    /** Takes these away again; they are gone when it returns. */
    public void withdraw(String user, Collection<Right> rights) {
        List<AclBinding> bindings = bindings(user, rights);
        done(
                "withdraw rights of " + user,
                admin.deleteAcls(bindings.stream().map(AclBinding::toFilter).toList())
                        .all());
        await("withdraw rights of " + user, () -> Collections.disjoint(allowed(), bindings));
    }

    /** The controller has taken it; a broker goes by what it has heard of the controller, which it also tells. */
    private void await(String what, BooleanSupplier applied) {
        if (APPLIED.until(() -> Optional.of(true).filter(yes -> applied.getAsBoolean()))
                .isEmpty()) {
            throw new IllegalStateException("cannot " + what + " on " + cluster.name() + ": no broker heard of it");
        }
    }

    /** Every ACL of the cluster. */
    public Collection<AclBinding> allowed() {
        return done("describe ACLs", admin.describeAcls(AclBindingFilter.ANY).values());
    }

    private static List<AclBinding> bindings(String user, Collection<Right> rights) {
        return rights.stream().map(right -> right.binding("User:" + user)).toList();
    }

    private <T> T done(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot " + what + " on " + cluster.name(), e);
        } catch (InterruptedException e) {
            throw new Interrupted(what + " on " + cluster.name(), e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
