package dev.inkan.server.http.request;

import org.slf4j.MDC;

/**
 * The number of the request that the current thread works for: on every line of its log, and told
 * to whoever asked when something goes wrong.
 */
public final class RequestNumber {

  /** What the log calls it. */
  public static final String KEY = "request";

  private static final String NONE = "-";

  private RequestNumber() {}

  /** The number, or a dash outside of any request. */
  public static String current() {
    String number = MDC.get(KEY);
    return number == null ? NONE : number;
  }
}
