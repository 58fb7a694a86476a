package io.towpath.capture.delegate;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Loads the delegate's jars before it asks its parent. The parent is a plugin's loader, which knows the connectors of all
 * other archives of the worker: asked first, it would answer with another team's Debezium.
 *
 * <p>Always: a class that is in the jars is never taken from the parent, but for those through which we speak with the
 * worker; these are never taken from the jars.
 */
final class DelegateLoader extends URLClassLoader {

    private static final List<String> WORKERS = List.of("java.", "org.apache.kafka.", "org.slf4j.");

    static {
        registerAsParallelCapable();
    }

    DelegateLoader(URL[] jars, ClassLoader parent) {
        super("towpath-delegates", jars, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (WORKERS.stream().anyMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            if (found == null) {
                try {
                    found = findClass(name);
                } catch (ClassNotFoundException notOurs) {
                    return super.loadClass(name, resolve);
                }
            }
            if (resolve) {
                resolveClass(found);
            }
            return found;
        }
    }

    @Override
    public URL getResource(String name) {
        URL ours = findResource(name);
        return ours == null ? super.getResource(name) : ours;
    }

    /** Ours first, then the parent's. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }
}
