package io.towpath.capture;

import com.sun.tools.attach.VirtualMachine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import javax.management.Attribute;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a worker shows to everybody who may look at its process. */
final class WorkerJmx {

    private WorkerJmx() {}

    /** What a worker shows of a captured database under {@code gauge}; empty while it shows nothing. */
    @SuppressWarnings("BanJNDI") // a child of this process, on this machine
    static OptionalLong gauge(long pid, String database, String gauge) throws Exception {
        VirtualMachine worker = VirtualMachine.attach(Long.toString(pid));
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(worker.startLocalManagementAgent()))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            ObjectName wanted = new ObjectName("kafka.connect:type=plugins,database=" + database + ",*");
            for (ObjectName name : beans.queryNames(wanted, null)) {
                for (Attribute one :
                        beans.getAttributes(name, new String[] {gauge}).asList()) {
                    return OptionalLong.of(((Number) one.getValue()).longValue());
                }
            }
            return OptionalLong.empty();
        } finally {
            worker.detach();
        }
    }

    /** Every attribute of every bean whose domain begins with {@code domain}, as text. */
    @SuppressWarnings("BanJNDI") // a child of this process, on this machine
    static List<String> attributes(long pid, String domain) throws Exception {
        VirtualMachine worker = VirtualMachine.attach(Long.toString(pid));
        try (JMXConnector connector =
                JMXConnectorFactory.connect(new JMXServiceURL(worker.startLocalManagementAgent()))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            List<String> texts = new ArrayList<>();
            for (ObjectName name : beans.queryNames(new ObjectName(domain + "*:*"), null)) {
                String[] attributes = Arrays.stream(beans.getMBeanInfo(name).getAttributes())
                        .map(MBeanAttributeInfo::getName)
                        .toArray(String[]::new);
                for (Attribute attribute : beans.getAttributes(name, attributes).asList()) {
                    boolean many = attribute.getValue() instanceof Object[];
                    texts.add(name + " " + attribute.getName() + " "
                            + (many ? Arrays.toString((Object[]) attribute.getValue()) : attribute.getValue()));
                }
            }
            return texts;
        } finally {
            worker.detach();
        }
    }
}
