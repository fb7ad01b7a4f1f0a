// Tells the server the browser's time zone, in forms that have a hidden field for it.
document.addEventListener("DOMContentLoaded", () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  for (const field of document.querySelectorAll('input[type="hidden"][name="time_zone"]')) {
    field.value = field.value || zone;
  }
});
