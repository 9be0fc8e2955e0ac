package io.cpdevents.platform.web;

import io.cpdevents.platform.error.BodyTooLargeException;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits bodies, whether the request has a {@code Content-Length} or not, and takes them as they
 * are: a small compressed body could be a huge one.
 */
public final class RequestBodyFilter extends OncePerRequestFilter {

  private static final String IDENTITY = "identity";

  private static final String MULTIPART = "multipart/form-data";

  private final long bodyLimitBytes;
  private final long uploadLimitBytes;
  private final ProblemWriter problems;

  /**
   * Refuses bodies above the limit with 413 {@code body-too-large}, and encoded ones with 415
   * {@code unsupported-media-type}.
   *
   * @param uploadLimitBytes the limit of bodies with files
   */
  public RequestBodyFilter(long bodyLimitBytes, long uploadLimitBytes, ProblemWriter problems) {
    this.bodyLimitBytes = bodyLimitBytes;
    this.uploadLimitBytes = uploadLimitBytes;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isEncoded(request)) {
      // RFC 9110, 12.5.3: it tells that the encoding was refused, and not the media type.
      response.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
      problems.write(
          request,
          response,
          CommonProblem.UNSUPPORTED_MEDIA_TYPE,
          "The body must not be encoded or compressed.");
      return;
    }
    long limitBytes = isUpload(request) ? uploadLimitBytes : bodyLimitBytes;
    if (request.getContentLengthLong() > limitBytes) {
      problems.write(
          request,
          response,
          CommonProblem.BODY_TOO_LARGE,
          "The body is larger than " + limitBytes + " bytes.");
      return;
    }
    chain.doFilter(new Limited(request, limitBytes), response);
  }

  private static boolean isUpload(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.regionMatches(true, 0, MULTIPART, 0, MULTIPART.length());
  }

  private static boolean isEncoded(HttpServletRequest request) {
    return Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
        .flatMap(line -> Arrays.stream(line.split(",")))
        .map(String::strip)
        .anyMatch(encoding -> !encoding.isEmpty() && !encoding.equalsIgnoreCase(IDENTITY));
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final long limitBytes;

    Limited(HttpServletRequest request, long limitBytes) {
      super(request);
      this.limitBytes = limitBytes;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new LimitedStream(super.getInputStream(), limitBytes);
    }
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream stream;
    private final long limitBytes;
    private long readBytes;

    LimitedStream(ServletInputStream stream, long limitBytes) {
      this.stream = stream;
      this.limitBytes = limitBytes;
    }

    @Override
    public int read() throws IOException {
      int value = stream.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = stream.read(buffer, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int bytes) throws IOException {
      readBytes += bytes;
      if (readBytes > limitBytes) {
        throw new BodyTooLargeException(limitBytes);
      }
    }

    @Override
    public boolean isFinished() {
      return stream.isFinished();
    }

    @Override
    public boolean isReady() {
      return stream.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      stream.setReadListener(listener);
    }
  }
}
