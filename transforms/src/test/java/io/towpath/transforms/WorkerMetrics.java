package io.towpath.transforms;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.towpath.local.Server;
import java.io.IOException;
import java.util.OptionalDouble;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The metrics of a running worker, read over JMX as an operator's exporter reads them. */
final class WorkerMetrics implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private WorkerMetrics(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    @SuppressWarnings("BanJNDI") // the address is that of our own child process
    static WorkerMetrics of(Server worker) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(worker.pid()));
            try {
                JMXServiceURL url = new JMXServiceURL(jvm.startLocalManagementAgent());
                return new WorkerMetrics(JMXConnectorFactory.connect(url));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("cannot read the metrics of " + worker.name(), e);
        }
    }

    /** A count of one transform; empty where the worker shows none. */
    OptionalDouble ofTransform(String connectorName, String alias, String metric) throws IOException, JMException {
        Set<ObjectName> found = beans.queryNames(
                new ObjectName("kafka.connect:type=plugins,connector=%s,task=0,transformation=%s"
                        .formatted(connectorName, alias)),
                null);
        if (found.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(((Number) beans.getAttribute(found.iterator().next(), metric)).doubleValue());
    }

    /** Everything the worker shows of plugins, for the text of a failure. */
    Set<ObjectName> plugins() throws IOException, JMException {
        return beans.queryNames(new ObjectName("kafka.connect:type=plugins,*"), null);
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
