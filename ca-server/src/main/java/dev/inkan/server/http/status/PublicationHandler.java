package dev.inkan.server.http.status;

import dev.inkan.server.status.Publication;
import dev.inkan.server.status.PublishedFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves what is published under fixed paths, by GET and HEAD. */
final class PublicationHandler {

  private static final Logger LOG = LoggerFactory.getLogger(PublicationHandler.class);
  private static final HttpField GET_AND_HEAD =
      new PreEncodedHttpField(HttpHeader.ALLOW, "GET, HEAD");
  private static final int BUFFER = 64 * 1024;

  private final List<Publication> publications;
  private final Answers answers;

  PublicationHandler(List<Publication> publications, Answers answers) {
    this.publications = List.copyOf(publications);
    this.answers = answers;
  }

  void handle(String path, Request request, Response response, Callback callback) {
    Optional<PublishedFile> found = find(path);
    if (found.isEmpty()) {
      answers.notFound(response, callback);
      return;
    }
    boolean head = HttpMethod.HEAD.is(request.getMethod());
    if (!head && !HttpMethod.GET.is(request.getMethod())) {
      answers.methodNotAllowed(response, callback, GET_AND_HEAD);
      return;
    }
    PublishedFile file = found.get();
    if (Answers.isUnchanged(request, file.etag(), file.lastModified())) {
      describe(file, answers.start(response, HttpStatus.NOT_MODIFIED_304));
      response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    } else if (file.content() instanceof PublishedFile.Content.Octets inMemory) {
      HttpFields.Mutable headers = describeWhole(file, response);
      headers.put(HttpHeader.CONTENT_LENGTH, inMemory.octets().length);
      Answers.write(response, callback, inMemory.octets());
    } else if (file.content() instanceof PublishedFile.Content.File onDisk) {
      // Disks may be slow, and a million entries are 50 MB: not in the thread that serves all.
      request.getContext().execute(() -> send(file, onDisk.file(), request, response, callback));
    }
  }

  private Optional<PublishedFile> find(String path) {
    for (Publication publication : publications) {
      Optional<PublishedFile> found = publication.find(path);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private HttpFields.Mutable describeWhole(PublishedFile file, Response response) {
    HttpFields.Mutable headers = answers.start(response, HttpStatus.OK_200);
    describe(file, headers);
    return headers.put(HttpHeader.CONTENT_TYPE, file.contentType());
  }

  private void describe(PublishedFile file, HttpFields.Mutable headers) {
    headers.put(HttpHeader.ETAG, '"' + file.etag() + '"');
    headers.put(HttpHeader.LAST_MODIFIED, Answers.httpDate(file.lastModified()));
    if (file.nextUpdate().isPresent()) {
      answers.cacheUntil(headers, file.nextUpdate().get(), "");
    } else {
      answers.revalidateAlways(headers);
    }
  }

  private void send(
      PublishedFile file, Path path, Request request, Response response, Callback callback) {
    SeekableByteChannel channel;
    long length;
    try {
      // What is open stays whole when a newer file takes its name.
      channel = Files.newByteChannel(path);
      length = channel.size();
    } catch (IOException e) {
      LOG.error("status: {} cannot be read: {}", path, e.getMessage());
      answers.empty(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
      return;
    }
    Callback closing = Callback.from(callback, () -> IO.close(channel));
    HttpFields.Mutable headers = describeWhole(file, response);
    headers.put(HttpHeader.CONTENT_LENGTH, length);
    if (HttpMethod.HEAD.is(request.getMethod())) {
      response.write(true, BufferUtil.EMPTY_BUFFER, closing);
      return;
    }
    ByteBufferPool pool = request.getComponents().getByteBufferPool();
    Content.copy(
        Content.Source.from(new ByteBufferPool.Sized(pool, false, BUFFER), channel, 0, length),
        response,
        closing);
  }
}
