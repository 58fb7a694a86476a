package io.towpath.migration.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.towpath.migration.BadInput;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Serves gauges at {@code http://…:PORT/metrics}, on every address of the machine; nothing until the first are shown. */
public final class MetricsServer implements Outlet {

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private volatile String text = "";

    /** @throws BadInput when something else has the port */
    public MetricsServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput("--metrics-port: " + port + " given, and it cannot be had; wanted: a free port", e);
        }
        server.createContext("/metrics", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void show(Exposition gauges) {
        text = gauges.text();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
