package dev.inkan.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;

/** One request as a line of a file for wrk has it, to see whether answers are answers. */
final class Question {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private Question() {}

  /** Whether it is answered with a signed status; empty where nobody listens yet. */
  static Optional<Boolean> isAnswered(int port, String line) {
    String[] parts = line.split(" ", -1);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + parts[1]));
    if (parts.length > 2) {
      byte[] body = HexFormat.of().parseHex(parts[2]);
      request
          .header("Content-Type", "application/ocsp-request")
          .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }
    try {
      HttpResponse<byte[]> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      OCSPResp response = new OCSPResp(answer.body());
      return Optional.of(
          response.getStatus() == OCSPResp.SUCCESSFUL
              && ((BasicOCSPResp) response.getResponseObject()).getResponses().length == 1);
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (OCSPException e) {
      return Optional.of(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
