package dev.inkan.server;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Ledger;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.gateway.Gateway;
import dev.inkan.gateway.GatewayKind;
import dev.inkan.gateway.GatewaySite;
import dev.inkan.gateway.GatewayVisitor;
import dev.inkan.server.registration.RegistrationStores;
import dev.inkan.server.tls.ListenerLimits;
import dev.inkan.server.tls.ProxyAddresses;
import dev.inkan.server.tls.WebListener;
import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A server that is its own gateway and answers gateways about status; over the same ledger another
 * one, behind the gateways, with which the bank revokes; every gateway; and the application that
 * they protect.
 */
final class GatewayScene implements AutoCloseable {

  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk");

  private final Path folder;
  private final TestServer server;
  private final String status = "127.0.0.1:" + Gateway.freePort();
  private final Node bank;
  private final Javalin behind;
  private final EchoApplication application = new EchoApplication();
  private final RevocationAuthority<RegistrationStores> revocations;
  private final Map<GatewayKind, Gateway> gateways = new EnumMap<>(GatewayKind.class);
  private int sites;

  GatewayScene(Path folder, Duration nextUpdate) {
    this.folder = folder;
    this.server =
        TestServer.start(
            made(folder.resolve("inkan")),
            "INKAN_STATUS_PORT",
            status.substring(status.indexOf(':') + 1),
            "INKAN_STATUS_NEXT_UPDATE",
            nextUpdate.toSeconds() + "s");
    this.bank = new Node(server.config(), server.clock(), "bank");
    this.revocations =
        new RevocationAuthority<>(
            new Ledger<>(bank.storage().transactions(), bank.journal()), server.clock());
    this.behind =
        bank.application()
            .on(
                new WebListener(
                    "127.0.0.1",
                    0,
                    Optional.empty(),
                    ProxyAddresses.parse("127.0.0.1"),
                    ListenerLimits.standard()));
    behind.start();
  }

  private static Path made(Path folder) {
    try {
      return Files.createDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestServer server() {
    return server;
  }

  EchoApplication application() {
    return application;
  }

  /** The gateway of this kind, which the first caller starts. */
  Gateway gateway(GatewayKind kind) {
    return gateways.computeIfAbsent(kind, it -> start(it, status));
  }

  /** A further gateway, for which the status listener is elsewhere; the caller closes it. */
  Gateway start(GatewayKind kind, String statusListener) {
    sites++;
    GatewaySite site =
        new GatewaySite(
            folder.resolve("site-" + sites),
            Gateway.freePort(),
            "127.0.0.1:" + behind.port(),
            application.address(),
            statusListener);
    return Gateway.start(kind, site, published("/ca/chain.pem"));
  }

  /** What the status listener publishes there. */
  String published(String path) {
    try (InputStream in = URI.create("http://" + status + path).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a visitor of the application gets through a gateway. */
  GatewayVisitor.Answer application(GatewayKind kind, Optional<Path> pem, String... headers) {
    return new GatewayVisitor(gateway(kind).site().port(), pem)
        .get(GatewaySite.APPLICATION, "/", headers);
  }

  /** What a visitor of Inkan's menu gets through a gateway. */
  GatewayVisitor.Answer menu(GatewayKind kind, Optional<Path> pem, String... headers) {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 1, headers.length);
    // Browsers call the gateway as they call Inkan; here both have a port of their own.
    all[0] = "Host: " + server.url().getAuthority();
    return new GatewayVisitor(gateway(kind).site().port(), pem).get(GatewaySite.INKAN, "/", all);
  }

  /** What a visitor of Inkan's log-in gets without any gateway: 200 for who may log in. */
  GatewayVisitor.Answer alone(Optional<Path> pem, String... headers) {
    return new GatewayVisitor(server.url().getPort(), pem).get("localhost", "/login", headers);
  }

  void revoke(SerialNumber serialNumber) {
    require(
        RevocationOutcome.REVOKED,
        revocations.revoke(
            serialNumber,
            Revocation.because(RevocationReason.KEY_COMPROMISE),
            CLERK,
            (stores, changed) -> {}));
  }

  void hold(SerialNumber serialNumber) {
    require(
        RevocationOutcome.HELD,
        revocations.hold(serialNumber, Optional.empty(), CLERK, (stores, changed) -> {}));
  }

  void release(SerialNumber serialNumber) {
    require(
        RevocationOutcome.RELEASED,
        revocations.release(serialNumber, CLERK, (stores, changed) -> {}));
  }

  private static void require(RevocationOutcome wanted, RevocationOutcome got) {
    if (got != wanted) {
      throw new AssertionError("wanted " + wanted + ", got " + got);
    }
  }

  @Override
  public void close() {
    gateways.values().forEach(Gateway::close);
    application.close();
    behind.stop();
    bank.close();
    server.close();
  }
}
