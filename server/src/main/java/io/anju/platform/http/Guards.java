package io.anju.platform.http;

/**
 * Who is asked before an operation is called.
 *
 * @param authenticator whose a token is
 * @param costlyRequests how often an address has asked, over all instances
 * @param uploadScan whether a file may be taken
 */
public record Guards(Authenticator authenticator, CostlyRequests costlyRequests, UploadScan uploadScan) {}
