"""The sign-in pages we serve, by name. What the sign-in package offers beyond them has no address here."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from . import council_account, doors, family_code, invitation
from . import second_step_pages as second
from .second_step_pages import for_staff

urlpatterns = [
    path("", doors.choose, name="sign_in"),
    path("out/", doors.SignOut.as_view(), name="account_logout"),
    path("closed/", account.AccountInactiveView.as_view(), name="account_inactive"),
    path("family/", family_code.AskForCode.as_view(), name="account_request_login_code"),
    path("family/code/", family_code.EnterCode.as_view(), name="account_confirm_login_code"),
    path("staff/", doors.StaffSignIn.as_view(), name="account_login"),
    path("staff/<slug:provider_id>/go/", council_account.go, name="openid_connect_login"),
    path("staff/<slug:provider_id>/back/", council_account.back, name="openid_connect_callback"),
    path("staff/password/", for_staff(doors.PasswordAgain.as_view()), name="account_reauthenticate"),
    path("staff/passkey/", passkeys.LoginWebAuthnView.as_view(), name="mfa_login_webauthn"),
    path("invited/<uuid:user_id>/<str:word>/", invitation.choose_password, name="invitation"),
    path("second-step/", second.SecondStepNow.as_view(), name="mfa_authenticate"),
    path("second-step/again/", for_staff(second.SecondStepAgain.as_view()), name="mfa_reauthenticate"),
    path(
        "second-step/again/passkey/",
        for_staff(second.PasskeyAgain.as_view()),
        name="mfa_reauthenticate_webauthn",
    ),
    path("second-step/yours/", for_staff(second.SecondSteps.as_view()), name="mfa_index"),
    path("second-step/app/", for_staff(second.SetUpApp.as_view()), name="mfa_activate_totp"),
    path("second-step/app/remove/", for_staff(second.RemoveApp.as_view()), name="mfa_deactivate_totp"),
    path("second-step/passkeys/add/", for_staff(second.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(
        "second-step/passkeys/<int:pk>/remove/",
        for_staff(second.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-step/recovery-codes/",
        for_staff(recovery_codes.ViewRecoveryCodesView.as_view()),
        name="mfa_view_recovery_codes",
    ),
    path(
        "second-step/recovery-codes/new/",
        for_staff(recovery_codes.GenerateRecoveryCodesView.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-step/recovery-codes/file/",
        for_staff(recovery_codes.DownloadRecoveryCodesView.as_view()),
        name="mfa_download_recovery_codes",
    ),
]
