# Thư mời trả lời phiếu điều tra và thư nhắc.

survey-rates-many = { $many } cơ quan, đơn vị
survey-mail-subject = Mời trả lời phiếu điều tra xã hội học về cải cách hành chính năm { $year }
survey-mail-reminder-subject = Nhắc trả lời: phiếu điều tra xã hội học về cải cách hành chính năm { $year }
survey-mail-purpose =
    Ông/Bà được mời trả lời “{ $form }”, để đánh giá: { $rated }.

    Mục đích: { $title }. Việc trả lời là tự nguyện.
survey-mail-link = Đường dẫn riêng của Ông/Bà (chỉ dùng được một lần, xin không chuyển cho người khác):
survey-mail-typed = Nếu không mở được đường dẫn, xin vào { $address } và nhập mã { $code }
survey-mail-secrecy = Câu trả lời được giữ kín danh tính: hệ thống không lưu đường dẫn cùng với câu trả lời, cũng không lưu mã ở nơi nào khác ngoài thư này, nên không ai ghép được câu trả lời với người được mời. Nếu mất thư này, xin đề nghị cấp đường dẫn mới.
survey-mail-until = Có thể trả lời đến hết ngày { $until }.
survey-mail-contact = Mọi thắc mắc, xin liên hệ: { $contact }
survey-mail-reminder =
    Ông/Bà đã được mời trả lời “{ $form }”, để đánh giá: { $rated }.

    Đường dẫn riêng nằm trong thư mời trước, mà thư này trả lời; hệ thống không còn biết đường dẫn ấy. Nếu đã trả lời, xin bỏ qua thư này. Nếu không tìm thấy thư mời, xin đề nghị cấp đường dẫn mới.
survey-mail-reminder-secrecy = Hệ thống không biết ai đã trả lời những gì. Việc đã dùng đường dẫn chỉ được ghi nhận theo từng nhóm nhiều người, nên thư nhắc có thể đến cả với người đã trả lời.

survey-slip-title = Phiếu mời trả lời điều tra xã hội học
survey-slip-until = Trả lời đến hết ngày { $until }
survey-slip-how = Quét mã hoặc vào { $address } và nhập:
survey-slip-secrecy = Tự nguyện. Dùng một lần. Hệ thống không lưu mã này và không ghép được câu trả lời với người nhận phiếu.
survey-poster-how = Quét mã bằng điện thoại hoặc vào
survey-poster-secrecy = Phiếu khuyết danh, tự nguyện, khoảng 5 phút.
