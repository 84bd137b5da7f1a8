"""Reply templates (答复模板): the office's usual words for answers, checked when they are saved and
filled for a case when somebody drafts with them."""
