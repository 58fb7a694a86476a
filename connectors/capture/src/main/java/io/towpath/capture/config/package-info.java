/** What an operator may say. */
package io.towpath.capture.config;
