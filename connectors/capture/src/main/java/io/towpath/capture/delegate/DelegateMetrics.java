package io.towpath.capture.delegate;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * A delegate's own JMX metrics, which show the key of the last change with its values ({@code LastEvent}) to everybody
 * who may look at the worker: they are taken away. Each delegate's have a tag of their own: where two had one name, the
 * second would wait a minute for the first one's to go, and end with taking those.
 */
final class DelegateMetrics {

    /** Passed on to the delegate; nobody else may set it. */
    static final String TAGS = "custom.metric.tags";

    private static final String TAG = "towpath";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final String id = UUID.randomUUID().toString();
    private boolean hidden;

    /** {@code config} with the tag. */
    Map<String, String> tagged(Map<String, String> config) {
        Map<String, String> tagged = new LinkedHashMap<>(config);
        tagged.put(TAGS, TAG + "=" + id);
        return tagged;
    }

    /** Takes the metrics away, once they are there: the delegate shows them just before it begins to read. */
    void hide() {
        if (hidden) {
            return;
        }
        try {
            ObjectName ours = new ObjectName("*:" + TAG + "=" + id + ",*");
            for (ObjectName name : server.queryNames(ours, null)) {
                hidden |= "streaming".equals(name.getKeyProperty("context"));
                unregister(name);
            }
        } catch (JMException unexpected) {
            throw new ConnectException("the delegate's JMX metrics cannot be taken away", unexpected);
        }
    }

    private void unregister(ObjectName name) throws JMException {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException goneMeanwhile) {
            return;
        }
    }
}
