package io.towpath.demo.soak;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.towpath.local.Server;
import java.io.IOException;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Heap and file handles of a server's JVM, asked over JMX; a new life of the server is attached to anew. */
public final class Pulse implements AutoCloseable {

    /**
     * One answer.
     *
     * @param heapMegabytes used at this moment, garbage included
     * @param handles open files and sockets
     */
    public record Beat(double heapMegabytes, long handles) {}

    private final Server server;
    private JMXConnector connector;
    private long pid = -1;

    public Pulse(Server server) {
        this.server = server;
    }

    /** Empty while there is nobody to ask. Waits as long as a paused server is silent. */
    public Optional<Beat> beat() {
        try {
            attach();
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            var heap = (CompositeData) beans.getAttribute(new ObjectName("java.lang:type=Memory"), "HeapMemoryUsage");
            var handles = (Long)
                    beans.getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "OpenFileDescriptorCount");
            return Optional.of(new Beat((Long) heap.get("used") / 1e6, handles));
        } catch (IOException | AttachNotSupportedException | JMException gone) {
            pid = -1;
            return Optional.empty();
        }
    }

    @SuppressWarnings("BanJNDI") // the address is that of our own child, on this machine
    private void attach() throws IOException, AttachNotSupportedException {
        if (server.pid() == pid) {
            return;
        }
        close();
        long now = server.pid();
        VirtualMachine machine = VirtualMachine.attach(Long.toString(now));
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            pid = now;
        } finally {
            machine.detach();
        }
    }

    @Override
    public void close() {
        if (connector != null) {
            try {
                connector.close();
            } catch (IOException e) {
                connector = null; // the server ended before us
            }
        }
    }
}
