;;; A writer's session in Emacs with Eglot, in batch.  -*- lexical-binding: t -*-

(require 'json)
(require 'eglot)
(require 'flymake)

(setq eglot-connect-timeout 15 eglot-sync-connect 15 eglot-send-changes-idle-time 0.05
      flymake-no-changes-timeout 0.05 flymake-start-on-flymake-mode t
      eglot-confirm-server-initiated-edits nil)

(defvar expected
  (append (alist-get 'findings (json-read-file (getenv "CHECK"))) nil)
  "What `caveat check' found on the same page.")

(defun wait-for (what holds)
  "Wait until HOLDS returns something, or end with WHAT and a failure."
  (let ((end (+ (float-time) 15)))
    (while (and (not (funcall holds)) (< (float-time) end))
      (accept-process-output nil 0.05))
    (unless (funcall holds)
      (message "emacs: %s: not within 15 s\n%S" what
               (mapcar (lambda (diagnostic) (list (flymake-diagnostic-text diagnostic) (text-of diagnostic)))
                       (flymake-diagnostics)))
      (kill-emacs 1))))

(defun edited ()
  "What Eglot does once Emacs is idle, which it never is in batch."
  (eglot--signal-textDocument/didChange))

(defun text-of (diagnostic)
  (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic) (flymake-diagnostic-end diagnostic)))

(defun found (rule)
  "The diagnostic of RULE in this buffer."
  (seq-find (lambda (diagnostic) (string-match-p (regexp-quote rule) (flymake-diagnostic-text diagnostic)))
            (flymake-diagnostics)))

(defun holds-all ()
  (and (= (length (flymake-diagnostics)) (length expected))
       (seq-every-p (lambda (finding)
                      (let ((diagnostic (found (alist-get 'rule finding))))
                        (and diagnostic (equal (text-of diagnostic) (alist-get 'text finding)))))
                    expected)))

(find-file "page.md")
(unless (eq major-mode 'markdown-mode) (message "emacs: page.md is in %s" major-mode) (kill-emacs 1))
;; what `eglot-ensure' waits for
(run-hooks 'post-command-hook)
(wait-for "the server starts" #'eglot-current-server)
(wait-for "the findings of check, each at its words" #'holds-all)

;; an edit before a finding on its line moves the finding
(goto-char (point-min))
(search-forward "Naïve")
(insert " É 🎈🎈")
(edited)
(wait-for "the finding moves"
          (lambda () (let ((diagnostic (found "core/promised-returns")))
                       (and diagnostic (equal (text-of diagnostic) "guaranteed\nprofits")))))

;; hover
(goto-char (+ 1 (flymake-diagnostic-beg (found "house/past-performance"))))
(let ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams))))
  (unless (string-match-p "Style book, page 4" (format "%S" hover))
    (message "emacs: hover says %S" hover)
    (kill-emacs 1)))

;; the fix, by the way that a person takes
(cl-letf (((symbol-function 'completing-read)
           (lambda (_prompt items &rest _)
             (or (seq-find (lambda (title) (string-match-p "approved wording" title)) (mapcar #'car items))
                 (progn (message "emacs: no action restores the approved wording: %S" items) (kill-emacs 1))))))
  (let ((last-nonmenu-event t)) ; not a mouse's
    (call-interactively #'eglot-code-actions)))
(edited)
(wait-for "the fix is applied and its finding is gone"
          (lambda ()
            (and (not (found "house/past-performance"))
                 (= (length (flymake-diagnostics)) (1- (length expected)))
                 (save-excursion
                   (goto-char (point-min))
                   (search-forward "*past performance* is not a reliable indicator" nil t)))))

(let ((server (eglot-current-server)))
  (eglot-shutdown server nil 10)
  (when (jsonrpc-running-p server) (message "emacs: the server runs on") (kill-emacs 1)))
(message "emacs utf-16: all holds")
(set-buffer-modified-p nil)
(kill-emacs 0)
