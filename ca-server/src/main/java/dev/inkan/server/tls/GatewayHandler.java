package dev.inkan.server.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands before every other handler where Inkan stands behind login gateways (S6). A request from
 * anywhere else is refused with 403, whatever it says. One from a gateway goes on as its visitor's:
 * with the visitor's address and certificate, over https, and without the headers that said so.
 */
final class GatewayHandler extends Handler.Wrapper {

  private final ProxyAddresses gateways;

  GatewayHandler(ProxyAddresses gateways, Handler next) {
    super(next);
    this.gateways = gateways;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Optional<InetAddress> gateway = sender(request).filter(gateways::contains);
    if (gateway.isEmpty()) {
      Response.writeError(request, response, callback, HttpStatus.FORBIDDEN_403);
      return true;
    }
    GatewayHeaders said = new GatewayHeaders(request.getHeaders());
    if (said.contradictThemselves()) {
      Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400);
      return true;
    }
    InetAddress visitor = said.visitor(gateway.get(), gateways);
    return super.handle(new VisitorsRequest(request, said, visitor), response, callback);
  }

  private static Optional<InetAddress> sender(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress it
        ? Optional.ofNullable(it.getAddress())
        : Optional.empty();
  }

  /** The request as the visitor sent it to the gateway. */
  private static final class VisitorsRequest extends Request.Wrapper {

    private final HttpFields headers;
    private final HttpURI uri;
    private final ConnectionMetaData connection;

    VisitorsRequest(Request request, GatewayHeaders said, InetAddress visitor) {
      super(request);
      this.headers = said.others();
      this.uri = HttpURI.build(request.getHttpURI()).scheme(HttpScheme.HTTPS).asImmutable();
      this.connection = new VisitorsConnection(request.getConnectionMetaData(), visitor);
      request.setAttribute(ShownCertificate.ATTRIBUTE, said.certificate());
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }

    @Override
    public boolean isSecure() {
      return true;
    }
  }

  /** The connection as if the visitor had made it. */
  private static final class VisitorsConnection extends ConnectionMetaData.Wrapper {

    private final SocketAddress visitor;

    VisitorsConnection(ConnectionMetaData connection, InetAddress visitor) {
      super(connection);
      this.visitor = new InetSocketAddress(visitor, 0);
    }

    @Override
    public boolean isSecure() {
      return true;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return visitor;
    }
  }
}
